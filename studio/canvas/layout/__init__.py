"""Where things lie: pure functions of sizes and points."""
