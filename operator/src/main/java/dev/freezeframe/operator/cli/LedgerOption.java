package dev.freezeframe.operator.cli;

import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.dynamo.DynamoLedger;
import java.net.UnknownHostException;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Option;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Where the ledger of a deployment is. Region, credentials and endpoint come from the environment,
 * as the AWS tools take them.
 */
public final class LedgerOption {
  private final Supplier<DynamoDbClient> clients;

  @Option(
      names = "--table",
      paramLabel = "NAME",
      required = true,
      description =
          "the ledger's table: the stack's output LedgerTableName; Region and credentials are taken"
              + " from the environment, as the AWS CLI does")
  private String table;

  public LedgerOption() {
    this(
        () ->
            DynamoDbClient.builder().httpClient(UrlConnectionHttpClient.builder().build()).build());
  }

  /**
   * For anyone who has a table elsewhere.
   *
   * @param clients makes the client when the ledger is read
   */
  public LedgerOption(Supplier<DynamoDbClient> clients) {
    this.clients = clients;
  }

  public String table() {
    return table;
  }

  /**
   * Reads from the ledger.
   *
   * @throws BadInputException if the table cannot be read: not there, not allowed, no Region
   */
  public <T> T read(Function<Ledger, T> question) {
    try (DynamoDbClient client = clients.get()) {
      return question.apply(new DynamoLedger(client, table));
    } catch (SdkException refused) {
      throw new BadInputException(
          "--table is %s, expected a table that can be read, found: %s"
              .formatted(table, words(refused)));
    }
  }

  /** What the SDK says, without its list of every place that it looked in. */
  private static String words(SdkException refused) {
    if (refused instanceof AwsServiceException service && service.awsErrorDetails() != null) {
      return service.awsErrorDetails().errorMessage();
    }
    String words = String.valueOf(refused.getMessage());
    if (words.startsWith("Unable to load region")) {
      return "no Region; set AWS_REGION, or a region in the profile";
    }
    if (words.startsWith("Unable to load credentials")) {
      return "no credentials; set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
    }
    for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException unknown) {
        return "no host %s; is there a network, and such a Region?".formatted(unknown.getMessage());
      }
    }
    return words;
  }
}
