package dev.freezeframe.operator.dlm;

import dev.freezeframe.policy.Scripts;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./freezeframe import-dlm}. */
@Command(
    name = "import-dlm",
    sortOptions = false,
    header = "Converts a policy of Data Lifecycle Manager (DLM) into Freezeframe policies.",
    description = {
      "",
      "Each schedule becomes one policy, as in policies/. The head of each file says in a sentence"
          + " what the policy does, and notes what has no counterpart or means something else here."
          + " AWS is not called, and nothing is overwritten. docs/migrating.md has the next steps.",
      ""
    },
    footer = {
      "",
      "  aws dlm get-lifecycle-policy --policy-id policy-0123456789abcdef0 > dlm.json",
      "  ./freezeframe import-dlm dlm.json --out converted",
      "",
      "Exit status: 0 converted; 2 the file cannot be used, or a policy's file is there already."
    })
public final class ImportDlmCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      description =
          "what `aws dlm get-lifecycle-policy` prints, or create-lifecycle-policy takes, or its"
              + " PolicyDetails alone; JSON")
  private Path file;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description =
          "writes NAME.yaml there for each policy; without it they are printed, one after the other"
              + " with --- between them")
  private Path folder;

  @Override
  public Integer call() {
    List<ConvertedPolicy> policies = new DlmPolicy(DlmObject.read(file)).convert();
    if (folder != null) {
      new PolicyFolder(folder)
          .write(policies)
          .forEach(written -> spec.commandLine().getOut().println(written));
      sayWhatIsToBeNamed(policies);
      return 0;
    }
    spec.commandLine()
        .getOut()
        .print(String.join("---\n", policies.stream().map(ConvertedPolicy::yaml).toList()));
    spec.commandLine().getOut().flush();
    return 0;
  }

  /** In the files it stands too, but those may be read later than they are deployed. */
  private void sayWhatIsToBeNamed(List<ConvertedPolicy> policies) {
    Set<String> documents = new TreeSet<>();
    policies.stream()
        .flatMap(converted -> converted.policy().scripts().stream())
        .map(Scripts::document)
        .filter(ScriptsOfSchedule::isOfOthers)
        .forEach(documents::add);
    if (!documents.isEmpty()) {
      spec.commandLine()
          .getErr()
          .printf(
              "Before you deploy, name in cdk.json the documents that are your own, beside those that"
                  + " are named there: %s%n",
              ScriptsOfSchedule.setting(documents));
    }
  }
}
