package dev.freezeframe.operator.dlm;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The scripts of a schedule, with DLM's defaults written out. */
final class ScriptsOfSchedule {
  private static final String VSS = "AWS_VSS_BACKUP";
  private static final String SAP_HANA = "AWSSystemsManagerSAP-CreateDLMSnapshotForSAPHANA";

  private ScriptsOfSchedule() {}

  /** The fields of {@code scripts}; empty: none run. */
  static Map<String, Object> convert(DlmObject rule, List<String> notes) {
    List<DlmObject> scripts = rule.objects("Scripts");
    if (scripts.isEmpty()) {
      return Map.of();
    }
    if (scripts.size() > 1) {
      throw rule.refuse("Scripts", "one script");
    }
    DlmObject script = scripts.get(0);
    script.ignore("ExecutionHandlerService");
    Map<String, Object> fields = new LinkedHashMap<>();
    String handler =
        script
            .text("ExecutionHandler")
            .orElseThrow(() -> script.refuse("ExecutionHandler", "an SSM document"));
    OptionalInt timeout = script.number("ExecutionTimeout", 10, 120);
    if (handler.equals(VSS)) {
      notes.add(
          "AWS_VSS_BACKUP: AWSEC2-CreateVssSnapshot takes its snapshots itself and has no"
              + " post-script, so freezeframe-windows-vss stands in its place, with 60s for a"
              + " script; read what it needs in docs/ssm-documents.md");
    }
    if (handler.equals(SAP_HANA)) {
      notes.add(
          "%s is AWS's own: nobody but DLM is known to run it, and it has not been tried here"
              .formatted(SAP_HANA));
    }
    if (isOfOthers(handler)) {
      notes.add(
          "%s is a document of your own: name it in cdk.json, or the policy is refused when it is"
                  .formatted(handler)
              + " deployed; with this alone: %s".formatted(setting(List.of(handler))));
    }
    fields.put("document", handler.equals(VSS) ? "freezeframe-windows-vss" : handler);
    List<String> stages = script.texts("Stages");
    fields.put("stages", stages(script, stages));
    fields.put("timeout", timeout.orElse(handler.equals(VSS) ? 60 : 10) + "s");
    fields.put("retries", script.number("MaximumRetryCount", 0, 3).orElse(0));
    boolean fallBack = script.flag("ExecuteOperationOnScriptFailure").orElse(true);
    fields.put("fallBackToCrashConsistent", fallBack);
    return fields;
  }

  /** Neither AWS's, which belong to no account, nor deployed by us. */
  static boolean isOfOthers(String document) {
    return !document.matches("(?i)(aws|amazon).*") && !document.startsWith("freezeframe-");
  }

  /** The line of cdk.json that names documents; without a space, so that no note breaks it. */
  static String setting(Collection<String> documents) {
    return documents.stream()
        .map(document -> '"' + document + '"')
        .collect(Collectors.joining(",", "\"freezeframe:documents\":[", "]"));
  }

  private static List<String> stages(DlmObject script, List<String> stages) {
    if (stages.isEmpty()) {
      return List.of("pre", "post");
    }
    if (!List.of("PRE", "POST").containsAll(stages)) {
      throw script.refuse("Stages", "PRE, POST or both");
    }
    return List.of("PRE", "POST").stream()
        .filter(stages::contains)
        .map(stage -> stage.toLowerCase(Locale.ROOT))
        .toList();
  }
}
