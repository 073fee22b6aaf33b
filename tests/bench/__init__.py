"""Benchmarks: how Netloom stands against doing the same by hand. Ratios, taken interleaved; never part of the tests."""
