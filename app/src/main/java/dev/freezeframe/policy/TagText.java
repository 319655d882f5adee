package dev.freezeframe.policy;

/** What EC2 allows a tag to be: 1..128 characters of key, 0..256 of value. */
final class TagText {
  static final TextField KEY = new TextField(1, 128);
  static final TextField VALUE = new TextField(0, 256);

  private TagText() {}
}
