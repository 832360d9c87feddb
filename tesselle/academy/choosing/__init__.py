"""From needs in plain words to a justified decision: criteria, matrix, scores, rankings, what they hang on."""
