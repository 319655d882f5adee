package dev.freezeframe.policy;

import java.util.Optional;

/** Reads one kind of value. */
@FunctionalInterface
interface Field<T> {

  /** The value; empty where a fault has been noted. */
  Optional<T> read(Entry entry);
}
