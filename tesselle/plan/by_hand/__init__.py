"""What a network does not let software do: a person is reminded, finds text and pictures ready, says it is done."""
