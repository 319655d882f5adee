package dev.freezeframe.rehearsal.instance;

/** Lets agents and scripts go wrong. */
public interface GuestFault {

  /** All goes well. */
  GuestFault NONE = new GuestFault() {};

  /** Whether an agent has lost its connection; asked each time that it is described. */
  default boolean offline(String instanceId) {
    return false;
  }

  /**
   * Whether a process keeps a file open that a script is about to unmount; asked once for each dry
   * run and each pre-script of a document that unmounts.
   */
  default boolean busy(String instanceId) {
    return false;
  }

  /**
   * What happens to a script; asked once for each that is sent.
   *
   * @param command value of the document's parameter {@code command}, empty string if it has none
   */
  default ScriptBehavior script(String instanceId, String command) {
    return ScriptBehavior.GOOD;
  }
}
