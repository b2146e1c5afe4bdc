"""单位评分卡: one unit's own scorecard."""
