"""The windows that `startup` times, each started as a program. Nothing here may cost either of them time."""
