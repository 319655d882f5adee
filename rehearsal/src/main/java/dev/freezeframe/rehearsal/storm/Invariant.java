package dev.freezeframe.rehearsal.storm;

import java.util.List;

/** Something that holds whatever goes wrong. */
interface Invariant {

  /** Such as {@code nothing stays frozen}. */
  String name();

  /** What did not hold, in words; none if it did. */
  List<String> broken(Aftermath aftermath);
}
