package dev.freezeframe.consistency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.error.YAMLException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.DocumentDescription;
import software.amazon.awssdk.services.ssm.model.DocumentFormat;
import software.amazon.awssdk.services.ssm.model.DocumentType;
import software.amazon.awssdk.services.ssm.model.GetDocumentResponse;
import software.amazon.awssdk.services.ssm.model.InvalidDocumentException;

/**
 * Inspects documents of Systems Manager, with one call.
 *
 * <p>It asks for YAML, in which documents of this contract are written: GetDocument renders JSON
 * unless told otherwise, and the hash is that of the content as it was created. A document that was
 * created as JSON gets its hash by {@link #confirm}.
 */
public final class SsmDocuments implements Documents {
  private static final YAMLMapper YAML = new YAMLMapper();

  private final SsmClient ssm;

  public SsmDocuments(SsmClient ssm) {
    this.ssm = ssm;
  }

  @Override
  public Inspected inspect(String name, String platform) {
    GetDocumentResponse document;
    try {
      document = ssm.getDocument(request -> request.name(name).documentFormat(DocumentFormat.YAML));
    } catch (InvalidDocumentException unknown) {
      return Inspected.unusable("there is no document %s".formatted(name));
    }
    if (document.documentType() != DocumentType.COMMAND) {
      return Inspected.unusable(
          "the document %s is of type %s, expected Command"
              .formatted(name, document.documentTypeAsString()));
    }
    Optional<JsonNode> parsed = parse(document.content());
    if (parsed.isEmpty()) {
      return Inspected.unusable("the document %s is neither JSON nor YAML".formatted(name));
    }
    JsonNode content = parsed.get();
    List<String> breaches = DocumentContract.breaches(content);
    if (!breaches.isEmpty()) {
      return Inspected.unusable(
          "the document %s breaks the contract: %s".formatted(name, String.join("; ", breaches)));
    }
    if (!DocumentContract.runsOn(content, platform)) {
      return Inspected.unusable("the document %s has no step for %s".formatted(name, platform));
    }
    DocumentPin pin = new DocumentPin(name, document.documentVersion(), sha256(document.content()));
    return new Inspected(
        Optional.of(pin),
        "%s version %s keeps the contract".formatted(name, pin.version()),
        LeftOutSteps.of(content, platform));
  }

  /** Whoever may write documents may write anything; an alias in one stays a mere name here. */
  static Optional<JsonNode> parse(String content) {
    try {
      return Optional.ofNullable(YAML.readTree(content)).filter(JsonNode::isObject);
    } catch (JsonProcessingException | YAMLException unreadable) {
      return Optional.empty();
    }
  }

  @Override
  public DocumentPin confirm(DocumentPin pin) {
    DocumentDescription stated =
        ssm.describeDocument(request -> request.name(pin.name()).documentVersion(pin.version()))
            .document();
    return new DocumentPin(pin.name(), stated.documentVersion(), stated.hash());
  }

  static String sha256(String content) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(content.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
