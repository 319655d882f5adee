package dev.freezeframe.operator.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

class LedgerOptionTest {
  @TempDir private Path folder;

  private static void read(SdkException refused) {
    new LedgerOption(
            () -> {
              throw refused;
            })
        .read(ledger -> 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Unable to load region from any of the providers in the chain | no Region; set AWS_REGION",
        "Unable to load credentials from any of the providers | no credentials; set AWS_PROFILE",
        "Unable to execute HTTP request: no route | Unable to execute HTTP request: no route"
      })
  void whatIsMissingIsSaidInOneSentence(String words, String sentence) {
    assertThatThrownBy(() -> read(SdkClientException.create(words)))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(
            "--table is null, expected a table that can be read, found: " + sentence);
  }

  @Test
  void aHostThatIsNotFoundIsNamed() {
    assertThatThrownBy(
            () ->
                read(
                    SdkClientException.create(
                        "Received an UnknownHostException",
                        new UnknownHostException("dynamodb.eu-nowhere-1.amazonaws.com"))))
        .hasMessageEndingWith(
            "found: no host dynamodb.eu-nowhere-1.amazonaws.com; is there a network, and such a Region?");
  }

  @Test
  void whatTheServiceSaysIsRepeatedWithoutItsNumbers() {
    AwsErrorDetails details =
        AwsErrorDetails.builder().errorMessage("Requested resource not found").build();
    assertThatThrownBy(
            () -> read(ResourceNotFoundException.builder().awsErrorDetails(details).build()))
        .hasMessageEndingWith("found: Requested resource not found");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sso_start_url = https://a.awsapps.com/start;sso_region = eu-west-1;"
            + "sso_account_id = 111122223333;sso_role_name = reader",
        "role_arn = arn:aws:iam::111122223333:role/reader;credential_source = EcsContainer"
      })
  void profilesThatSignInElsewhereAreUnderstood(String lines) throws Exception {
    Path file = folder.resolve("config");
    Files.writeString(file, "[profile of-mine]\nregion = eu-west-1\n" + lines.replace(";", "\n"));
    ProfileFile profiles =
        ProfileFile.builder().content(file).type(ProfileFile.Type.CONFIGURATION).build();
    try (ProfileCredentialsProvider credentials =
        ProfileCredentialsProvider.builder().profileFile(profiles).profileName("of-mine").build()) {
      assertThatThrownBy(credentials::resolveCredentials)
          .message()
          .doesNotContain("must be on the class path");
    }
  }
}
