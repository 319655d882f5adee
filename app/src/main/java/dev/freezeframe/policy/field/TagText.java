package dev.freezeframe.policy.field;

/** What EC2 allows a tag to be: 1..128 characters of key, 0..256 of value. */
public final class TagText {
  public static final TextField KEY = new TextField(1, 128);
  public static final TextField VALUE = new TextField(0, 256);

  private TagText() {}
}
