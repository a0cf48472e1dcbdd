"""The live parts of a lesson; each shows a static picture where no kernel runs."""
