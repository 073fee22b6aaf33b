"""What can be placed, trained and measured: one package of declarations each."""
