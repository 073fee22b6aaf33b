"""The pack of attention: layers that let the positions of a sequence look at each other and know where they stand."""
