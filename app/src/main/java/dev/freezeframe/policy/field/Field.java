package dev.freezeframe.policy.field;

import java.util.Optional;

/** Reads one kind of value. */
@FunctionalInterface
public interface Field<T> {

  /** The value; empty where a fault has been noted. */
  Optional<T> read(Entry entry);
}
