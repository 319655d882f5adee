package dev.freezeframe.rehearsal.ssm;

/**
 * What IAM says to SendCommand of one caller. It needs the right to the document and the right to
 * each instance.
 */
@FunctionalInterface
public interface SendPermission {

  /** Of a caller that may send everything. */
  SendPermission ANY = (documentName, instanceId) -> true;

  /**
   * Whether the caller may send a document to an instance.
   *
   * @param documentName as the request has it, an ARN for a document that another account shares
   */
  boolean allows(String documentName, String instanceId);
}
