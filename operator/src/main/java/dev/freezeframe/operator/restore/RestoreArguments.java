package dev.freezeframe.operator.restore;

import dev.freezeframe.common.VolumeId;
import dev.freezeframe.operator.restore.text.To;
import dev.freezeframe.restore.RestoreRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The command that applies a plan: it names the set, so that it means the same tomorrow. */
final class RestoreArguments {
  private RestoreArguments() {}

  /**
   * The command.
   *
   * @param noTags keys that were named: those of the policies follow from the policies
   * @param policies that were named
   * @param deployment the options that name the deployment
   */
  static String words(
      RestoreRequest request,
      List<String> noTags,
      Optional<Path> policies,
      String deployment,
      String hash) {
    StringBuilder words = new StringBuilder("./freezeframe restore ");
    words.append(request.set());
    words.append(
        Shell.option("--to", Optional.of(new To(request.to(), request.target()).toString())));
    words.append(Shell.option("--zone", request.zone()));
    request.initializeMiBps().ifPresent(rate -> words.append(" --initialize ").append(rate));
    words.append(request.waitInitialized() ? " --wait-initialized" : "");
    words.append(
        Shell.option("--leave", joined(request.leave().stream().map(VolumeId::value).toList())));
    words.append(
        Shell.option("--accept", joined(request.accept().stream().map(Enum::name).toList())));
    words.append(Shell.option("--no-tags", joined(noTags)));
    words.append(request.targetTags() ? " --target-tags" : "");
    words.append(Shell.option("--name", request.name()));
    words.append(Shell.option("--policies", policies.map(Path::toString)));
    words.append(deployment);
    return words.append(" --apply ").append(hash).append(" --watch").toString();
  }

  private static Optional<String> joined(List<String> words) {
    return Optional.of(words.stream().collect(Collectors.joining(",")))
        .filter(all -> !all.isEmpty());
  }
}
