/**
 * The SSM documents that hold guests still. Each is one YAML file whose script, and the shell
 * library that the scripts share, stand in files of their own; the build joins them. Whole
 * documents are resources of this module, under {@code /ssm-documents}.
 */
package dev.freezeframe.documents;
