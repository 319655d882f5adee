package dev.freezeframe.restore;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a set is restored to. */
public enum Destination {
  /** A volume for each snapshot, attached to nothing. */
  VOLUMES,
  /** Volumes, attached to an instance beside its own. */
  INSTANCE,
  /** A new instance like the one that the set was taken of. */
  NEW,
  /** Volumes in the place of those that the instance has now, which are kept. */
  IN_PLACE,
  /** The root volume alone, by EC2's replace root volume task. */
  ROOT;

  /** Returns the word on the command line and in JSON, such as {@code in-place}. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether an instance that is there already is changed. */
  public boolean changesInstance() {
    return this == INSTANCE || this == IN_PLACE || this == ROOT;
  }

  /** Whether that instance is not the same to its users while it is restored. */
  public boolean disturbsInstance() {
    return this == IN_PLACE || this == ROOT;
  }
}
