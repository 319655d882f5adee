package dev.freezeframe.infra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freezeframe.documents.SsmDocument;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnTag;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.NestedStackProps;
import software.amazon.awscdk.services.ssm.CfnDocument;
import software.constructs.Construct;

/**
 * The project's documents in Systems Manager.
 *
 * <p>They have a nested stack, as they are the larger part of what there is to deploy, and a
 * template holds 1 MB. A change makes a new version, which becomes the default; the document is
 * never replaced, since an execution under way sends the version that it has inspected.
 */
public final class Documents extends NestedStack {
  /** AWS's managed policies for such documents ask for it, with the value {@code true}. */
  public static final String TAG = "DLMScriptsAccess";

  Documents(Construct scope, String id, List<SsmDocument> documents) {
    super(
        scope, id, NestedStackProps.builder().description("The documents of Freezeframe").build());
    for (SsmDocument document : documents) {
      CfnDocument.Builder.create(this, document.ssmName())
          .name(document.ssmName())
          .documentType("Command")
          .documentFormat("JSON")
          .content(parsed(document))
          .targetType("/AWS::EC2::Instance")
          .updateMethod("NewVersion")
          .tags(tags(document))
          .build();
    }
  }

  /** Data Lifecycle Manager has no use for one that checks what was restored. */
  private static List<CfnTag> tags(SsmDocument document) {
    return document.isDrill()
        ? List.of()
        : List.of(CfnTag.builder().key(TAG).value("true").build());
  }

  /** CloudFormation takes a document as an object, and writes it as JSON. */
  private static Object parsed(SsmDocument document) {
    try {
      return new JsonMapper().readValue(document.deployed(), Map.class);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("%s: expected JSON".formatted(document.ssmName()), broken);
    }
  }
}
