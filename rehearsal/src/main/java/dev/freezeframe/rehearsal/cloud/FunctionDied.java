package dev.freezeframe.rehearsal.cloud;

/** Ends a Lambda invocation where it stands: the sandbox is gone, nothing is answered. */
public final class FunctionDied extends Error {

  public FunctionDied(String where) {
    super("the function died " + where, null, false, false);
  }
}
