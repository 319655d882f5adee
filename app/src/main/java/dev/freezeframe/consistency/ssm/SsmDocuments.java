package dev.freezeframe.consistency.ssm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.freezeframe.common.English;
import dev.freezeframe.consistency.script.DocumentVersion;
import dev.freezeframe.consistency.script.Documents;
import dev.freezeframe.consistency.script.Script;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.yaml.snakeyaml.error.YAMLException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.DocumentDescription;
import software.amazon.awssdk.services.ssm.model.DocumentFormat;
import software.amazon.awssdk.services.ssm.model.DocumentHashType;
import software.amazon.awssdk.services.ssm.model.DocumentType;
import software.amazon.awssdk.services.ssm.model.GetDocumentResponse;
import software.amazon.awssdk.services.ssm.model.InvalidDocumentException;
import software.amazon.awssdk.services.ssm.model.SsmException;

/**
 * Inspects documents of Systems Manager, with two calls: DescribeDocument states version and hash
 * of the default version, GetDocument shows what that version says.
 *
 * <p>No hash is made of what GetDocument returns: it renders a document in the format that it is
 * asked for, and Systems Manager hashed the one in which the document was created.
 */
public final class SsmDocuments implements Documents {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final JsonMapper JSON = new JsonMapper();

  /** What a document that checks the volumes of a drill has to take. */
  public static final List<String> DRILL_PARAMETERS =
      List.of("executionId", "command", "members", "timeoutSeconds");

  private final SsmClient ssm;

  public SsmDocuments(SsmClient ssm) {
    this.ssm = ssm;
  }

  @Override
  public Inspected inspect(String name, String platform, Set<Script> scripts) {
    return inspect(name, (stated, content) -> judge(name, platform, scripts, stated, content));
  }

  /** Inspects a document that is to check the volumes of a drill. */
  public Inspected inspectDrill(String name) {
    return inspect(name, (stated, content) -> judgeDrill(name, stated, content));
  }

  private Inspected inspect(
      String name, BiFunction<DocumentDescription, String, Inspected> judgement) {
    DocumentDescription stated;
    GetDocumentResponse document;
    try {
      stated = ssm.describeDocument(request -> request.name(name)).document();
      document = get(name, stated.documentVersion());
    } catch (InvalidDocumentException unknown) {
      return Inspected.unusable("there is no document %s".formatted(name));
    } catch (SsmException refused) {
      AwsErrorDetails details = refused.awsErrorDetails();
      if (details == null || !"AccessDeniedException".equals(details.errorCode())) {
        throw refused;
      }
      return Inspected.unusable("the document %s may not be read".formatted(name));
    }
    if (stated.documentType() != DocumentType.COMMAND) {
      return Inspected.unusable(
          "the document %s is of type %s, expected Command"
              .formatted(name, stated.documentTypeAsString()));
    }
    return judgement.apply(stated, document.content());
  }

  private GetDocumentResponse get(String name, String version) {
    return ssm.getDocument(
        request -> request.name(name).documentVersion(version).documentFormat(DocumentFormat.JSON));
  }

  private static Inspected judge(
      String name,
      String platform,
      Set<Script> scripts,
      DocumentDescription stated,
      String content) {
    Optional<JsonNode> parsed = parse(content);
    if (parsed.isEmpty()) {
      return Inspected.unusable("the document %s is neither JSON nor YAML".formatted(name));
    }
    List<String> breaches = DocumentContract.breaches(parsed.get());
    if (!breaches.isEmpty()) {
      return Inspected.unusable(
          "the document %s breaks the contract: %s".formatted(name, String.join("; ", breaches)));
    }
    Optional<Script> missing =
        scripts.stream()
            .sorted()
            .filter(script -> !DocumentContract.runs(parsed.get(), platform, script))
            .findFirst();
    if (missing.isPresent()) {
      return Inspected.unusable(
          "the document %s has no step that runs on %s with command=%s"
              .formatted(name, platform, missing.get().parameter()));
    }
    DocumentVersion pin =
        new DocumentVersion(
            name, stated.documentVersion(), sha256(stated), DocumentContract.stamps(content));
    return new Inspected(
        Optional.of(pin),
        "%s version %s keeps the contract".formatted(name, pin.version()),
        LeftOutSteps.of(parsed.get(), platform));
  }

  /** Its exit codes cannot be seen from outside; its parameters can. */
  private static Inspected judgeDrill(String name, DocumentDescription stated, String content) {
    Optional<JsonNode> parsed = parse(content);
    if (parsed.isEmpty()) {
      return Inspected.unusable("the document %s is neither JSON nor YAML".formatted(name));
    }
    List<String> missing =
        DRILL_PARAMETERS.stream()
            .filter(parameter -> !parsed.get().path("parameters").has(parameter))
            .toList();
    if (!missing.isEmpty()) {
      return Inspected.unusable(
          "the document %s has no parameter %s, expected one that keeps the contract of drills"
              .formatted(name, English.or(missing)));
    }
    DocumentVersion pin =
        new DocumentVersion(
            name, stated.documentVersion(), sha256(stated), DocumentContract.stamps(content));
    return new Inspected(
        Optional.of(pin),
        "%s version %s can be run by a drill".formatted(name, pin.version()),
        List.of());
  }

  /** Sha1, which old documents may have, is deprecated. */
  private static String sha256(DocumentDescription stated) {
    return stated.hash() != null && stated.hashType() == DocumentHashType.SHA256
        ? stated.hash()
        : "";
  }

  /** Anyone who may write documents may write anything; an alias in one stays a mere name here. */
  public static Optional<JsonNode> parse(String content) {
    ObjectMapper format = content.stripLeading().startsWith("{") ? JSON : YAML;
    try {
      return Optional.ofNullable(format.readTree(content)).filter(JsonNode::isObject);
    } catch (JsonProcessingException | YAMLException unreadable) {
      return Optional.empty();
    }
  }
}
