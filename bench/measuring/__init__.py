"""What bench/quality and bench/fit-confidence stand on: texts in, findings judged, figures out."""
