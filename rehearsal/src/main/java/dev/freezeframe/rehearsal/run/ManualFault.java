package dev.freezeframe.rehearsal.run;

/** What people do by hand in an embedded cloud. */
@FunctionalInterface
public interface ManualFault {

  /** Nobody does anything. */
  ManualFault NONE = cloud -> {};

  /** Has all of it happen; asked once, when the schedules are there and the clock has not moved. */
  void begin(EmbeddedCloud cloud);
}
