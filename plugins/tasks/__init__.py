"""The pack of tasks: what a run learns, how wrong an answer is, and what is measured."""
