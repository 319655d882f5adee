package dev.freezeframe.consistency.script;

/**
 * Exactly one version of an SSM document, as Systems Manager states it.
 *
 * @param name name or ARN
 * @param version the version that was inspected, which never changes; empty: whichever is the
 *     default
 * @param sha256 the hash that Systems Manager states, in hexadecimal; empty: it states none of that
 *     kind, and the version alone pins it
 * @param stamps whether its scripts print our stamps, and so keep the contract to the letter; a
 *     document of others prints none
 */
public record DocumentVersion(String name, String version, String sha256, boolean stamps) {

  /** The document as it is now, whatever its version. */
  public DocumentVersion unpinned() {
    return new DocumentVersion(name, "", "", stamps);
  }
}
