package dev.freezeframe.consistency.ssm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freezeframe.consistency.script.DocumentVersion;
import dev.freezeframe.consistency.script.Documents;
import dev.freezeframe.consistency.script.Script;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.DescribeDocumentRequest;
import software.amazon.awssdk.services.ssm.model.DescribeDocumentResponse;
import software.amazon.awssdk.services.ssm.model.DocumentDescription;
import software.amazon.awssdk.services.ssm.model.DocumentHashType;
import software.amazon.awssdk.services.ssm.model.DocumentType;
import software.amazon.awssdk.services.ssm.model.GetDocumentRequest;
import software.amazon.awssdk.services.ssm.model.GetDocumentResponse;
import software.amazon.awssdk.services.ssm.model.InvalidDocumentVersionException;
import software.amazon.awssdk.services.ssm.model.SsmException;

/** What a document is pinned by; whether it can be used is shown in the embedded cloud. */
class SsmDocumentsTest {
  private static final String SHARED = "arn:aws:ssm:eu-west-1:999999999999:document/hold-orders";

  private String template;

  @BeforeEach
  void readTheTemplateOfDlm() throws IOException {
    try (InputStream file = getClass().getResourceAsStream("/documents/dlm-template.yaml")) {
      template = new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Answers as it is told, and keeps what it was asked. */
  private static final class Told implements SsmClient {
    private final List<String> versions = new ArrayList<>();
    private final String content;
    private DocumentHashType hashType = DocumentHashType.SHA256;
    private Optional<SsmException> refusal = Optional.empty();

    private Told(String content) {
      this.content = content;
    }

    @Override
    public DescribeDocumentResponse describeDocument(DescribeDocumentRequest request) {
      if (refusal.isPresent()) {
        throw refusal.get();
      }
      return DescribeDocumentResponse.builder()
          .document(
              DocumentDescription.builder()
                  .name(request.name())
                  .documentType(DocumentType.COMMAND)
                  .documentVersion("7")
                  .hash("c0ffee")
                  .hashType(hashType)
                  .build())
          .build();
    }

    @Override
    public GetDocumentResponse getDocument(GetDocumentRequest request) {
      versions.add(request.documentVersion());
      if (content.isEmpty()) {
        throw InvalidDocumentVersionException.builder().message("gone").build();
      }
      return GetDocumentResponse.builder().content(content).build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  private static Documents.Inspected inspect(Told ssm) {
    return new SsmDocuments(ssm)
        .inspect(SHARED, "Linux", EnumSet.of(Script.PRE_SCRIPT, Script.POST_SCRIPT));
  }

  @Test
  void aDocumentIsPinnedByTheHashAndTheVersionThatAreStatedOfIt() {
    Told ssm = new Told(template);

    assertThat(inspect(ssm).pin()).contains(new DocumentVersion(SHARED, "7", "c0ffee", false));
    assertThat(ssm.versions).as("what is read is what is pinned").containsExactly("7");
  }

  @Test
  void aHashOfAKindThatIsDeprecatedIsNotSentAndTheVersionPins() {
    Told ssm = new Told(template);
    ssm.hashType = DocumentHashType.SHA1;

    assertThat(inspect(ssm).pin()).contains(new DocumentVersion(SHARED, "7", "", false));
  }

  @Test
  void aDocumentThatMayNotBeReadIsLikeOneThatIsNotThere() {
    Told ssm = new Told(template);
    ssm.refusal =
        Optional.of(
            (SsmException)
                SsmException.builder()
                    .statusCode(400)
                    .awsErrorDetails(
                        AwsErrorDetails.builder().errorCode("AccessDeniedException").build())
                    .build());

    assertThat(inspect(ssm))
        .isEqualTo(Documents.Inspected.unusable("the document " + SHARED + " may not be read"));
  }

  @Test
  void aVersionThatGoesBetweenTheTwoCallsIsInspectedAnew() {
    assertThatThrownBy(() -> inspect(new Told("")))
        .as("the state machine asks again, and is told another version")
        .isInstanceOf(InvalidDocumentVersionException.class);
  }
}
