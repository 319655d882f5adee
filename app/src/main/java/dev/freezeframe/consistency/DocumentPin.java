package dev.freezeframe.consistency;

/**
 * Exactly one version of an SSM document.
 *
 * @param name name or ARN
 * @param version the version that was inspected; versions never change
 * @param sha256 of its content, in hexadecimal
 */
public record DocumentPin(String name, String version, String sha256) {}
