//! Holds nothing: the tests stand in `tests/it`, one binary, so that they are linked once.
