package dev.freezeframe.rehearsal.cloud;

/**
 * Lets calls go wrong.
 *
 * <p>Both methods run on the thread of the activity that calls and may throw: an SDK exception is
 * what the caller gets; {@link FunctionDied} ends the invocation.
 */
public interface CallFault {

  /** No call goes wrong. */
  CallFault NONE = new CallFault() {};

  /** Before the call takes effect. */
  default void before(String action, boolean changes, Caller caller, String detail) {}

  /** After the call took effect, before the caller knows. */
  default void after(String action, boolean changes, Caller caller, String detail) {}

  /** Both, this one first. */
  default CallFault and(CallFault other) {
    CallFault first = this;
    return new CallFault() {
      @Override
      public void before(String action, boolean changes, Caller caller, String detail) {
        first.before(action, changes, caller, detail);
        other.before(action, changes, caller, detail);
      }

      @Override
      public void after(String action, boolean changes, Caller caller, String detail) {
        first.after(action, changes, caller, detail);
        other.after(action, changes, caller, detail);
      }
    };
  }
}
