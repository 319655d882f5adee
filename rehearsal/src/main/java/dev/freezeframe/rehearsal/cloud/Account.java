package dev.freezeframe.rehearsal.cloud;

/** The one account and Region of the embedded cloud. */
public final class Account {
  public static final String ID = "123456789012";
  public static final String REGION = "eu-central-1";

  private Account() {}

  /**
   * The ARN of something in this account and Region.
   *
   * @param resource what follows the account, such as {@code function:CreateSnapshots}
   */
  public static String arn(String service, String resource) {
    return "arn:aws:%s:%s:%s:%s".formatted(service, REGION, ID, resource);
  }
}
