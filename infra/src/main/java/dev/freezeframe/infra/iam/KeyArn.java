package dev.freezeframe.infra.iam;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ARN of a KMS key. An alias's ARN is not one: IAM allows the use of a key by the key's own ARN
 * alone, so functions that were granted an alias could not read the ledger.
 *
 * @param region in which the key is
 */
public record KeyArn(String region) {
  public static final String EXPECTED =
      "the ARN of a KMS key, such as arn:PARTITION:kms:REGION:ACCOUNT:key/ID, in the partition of"
          + " its Region; of an alias, 'aws kms describe-key' tells the key's ARN";

  private static final Pattern FORM =
      Pattern.compile(
          "arn:(?<partition>aws[a-z-]*):kms:(?<region>[a-z]{2,5}(?:-[a-z]+)+-\\d{1,2}):\\d{12}:key/"
              + "(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|mrk-[0-9a-f]{32})");

  /** Empty if it is no ARN of a key. */
  public static Optional<KeyArn> parse(String text) {
    Matcher arn = FORM.matcher(text);
    return arn.matches() && arn.group("partition").equals(partition(arn.group("region")))
        ? Optional.of(new KeyArn(arn.group("region")))
        : Optional.empty();
  }

  /** By the start of the Region's name, as the SDK's {@code partitions.json} has it. */
  private static String partition(String region) {
    String start = region.substring(0, region.indexOf('-', 3));
    return switch (start) {
      case "us-gov" -> "aws-us-gov";
      case "us-iso" -> "aws-iso";
      case "us-isob" -> "aws-iso-b";
      case "us-isof" -> "aws-iso-f";
      case "eu-isoe" -> "aws-iso-e";
      default ->
          region.startsWith("cn-") ? "aws-cn" : region.startsWith("eusc-") ? "aws-eusc" : "aws";
    };
  }
}
