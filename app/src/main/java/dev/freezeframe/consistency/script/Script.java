package dev.freezeframe.consistency.script;

/** A command of a document: DLM's three values of the parameter {@code command}. */
public enum Script {
  DRY_RUN("dry-run"),
  PRE_SCRIPT("pre-script"),
  POST_SCRIPT("post-script");

  private final String parameter;

  Script(String parameter) {
    this.parameter = parameter;
  }

  /** The value of the parameter {@code command}. */
  public String parameter() {
    return parameter;
  }
}
