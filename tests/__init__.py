"""Tests, told by the rule they keep. They mirror the packages they test."""
