package dev.stravinsky.validator;

import dev.stravinsky.spi.Validator;

/** A validator, and what its findings are about. */
record Check(Validator validator, Kind kind) {

  /** What a check judges, which decides whether an old fault only warns. */
  enum Kind {
    /** The machine and the operation. */
    MACHINE,
    /** Files, in this process. */
    CONTENT,
    /** Whatever it likes, in a process of its own. */
    EXTERNAL
  }

  static Check machine(Validator validator) {
    return new Check(validator, Kind.MACHINE);
  }

  static Check content(Validator validator) {
    return new Check(validator, Kind.CONTENT);
  }

  static Check external(Validator validator) {
    return new Check(validator, Kind.EXTERNAL);
  }

  String id() {
    return validator.id();
  }
}
