package dev.freezeframe.operator.doctor.aws.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.freezeframe.operator.doctor.aws.Question;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.fleet.DocumentCheck.Document;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.DocumentDescription;
import software.amazon.awssdk.services.ssm.model.InvalidDocumentException;

/** Asks Systems Manager about documents. */
public final class SsmDocumentFacts {
  private static final YAMLMapper YAML = new YAMLMapper();

  private final SsmClient ssm;

  public SsmDocumentFacts(SsmClient ssm) {
    this.ssm = ssm;
  }

  /** The default version of a document, in the format that it has; empty if none. */
  public Asked<Optional<Document>> find(String name) {
    Asked<Optional<DocumentDescription>> described =
        Question.ask("ssm:DescribeDocument", () -> described(name));
    if (described.value().isEmpty() || described.value().get().isEmpty()) {
      return described.map(none -> Optional.empty());
    }
    DocumentDescription stated = described.value().get().get();
    return Question.ask("ssm:GetDocument", () -> Optional.of(document(name, stated)));
  }

  private Optional<DocumentDescription> described(String name) {
    try {
      return Optional.of(ssm.describeDocument(request -> request.name(name)).document());
    } catch (InvalidDocumentException none) {
      return Optional.empty();
    }
  }

  private Document document(String name, DocumentDescription stated) {
    String content =
        ssm.getDocument(
                request ->
                    request
                        .name(name)
                        .documentVersion(stated.documentVersion())
                        .documentFormat(stated.documentFormat()))
            .content();
    return new Document(
        stated.documentVersion(),
        stated.documentTypeAsString(),
        stated.statusAsString(),
        Objects.requireNonNullElse(stated.hash(), ""),
        content.getBytes(UTF_8).length,
        parsed(content));
  }

  private static Optional<JsonNode> parsed(String content) {
    try {
      return Optional.ofNullable(YAML.readTree(content)).filter(JsonNode::isObject);
    } catch (JsonProcessingException unreadable) {
      return Optional.empty();
    }
  }
}
