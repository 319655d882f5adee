package dev.freezeframe.operator.restore;

import dev.freezeframe.common.VolumeId;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.operator.cli.BadInputException;
import dev.freezeframe.operator.cli.Sentence;
import dev.freezeframe.operator.restore.text.To;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyFiles;
import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.restore.RestoreRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options of {@code ./freezeframe restore} that say what is restored, where to, and how. */
final class RequestOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "SET|INSTANCE[@TIME]",
      description =
          "a set (the tag freezeframe:set), or an instance: its newest whole set, of the time or"
              + " before it (2026-11-28T14:00:00Z)")
  private String what;

  @Option(
      names = "--to",
      paramLabel = "WHERE",
      defaultValue = "volumes",
      description =
          "volumes: attached to nothing (default); instance=ID: beside its own volumes; new: a new"
              + " instance like the old one; in-place: in the place of its volumes, which are kept;"
              + " root: its root volume alone")
  private String to;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "the Availability Zone (default: the target's, or that on record)")
  private String zone;

  @Option(
      names = "--initialize",
      paramLabel = "MiB/s",
      description =
          "initializes the volumes at that rate, 100 to 300 (default: no rate is promised)")
  private Integer initialize;

  @Option(
      names = "--wait-initialized",
      description = "the restore is over only when the volumes are initialized")
  private boolean waitInitialized;

  @Option(
      names = "--leave",
      paramLabel = "VOL",
      split = ",",
      description = "of in-place: a volume that stays attached though the set has none of it")
  private List<String> leave = new ArrayList<>();

  @Option(
      names = "--accept",
      paramLabel = "VERDICT",
      split = ",",
      description = "restores a set that is UNKNOWN or CRASH, too")
  private List<String> accept = new ArrayList<>();

  @Option(
      names = "--no-tags",
      paramLabel = "KEYS",
      split = ",",
      description = "tags that the copies do not get, besides those by which policies choose")
  private List<String> noTags = new ArrayList<>();

  @Option(
      names = "--target-tags",
      description = "the copies get the tags by which policies choose instances, too")
  private boolean targetTags;

  @Option(names = "--name", paramLabel = "NAME", description = "of new: its Name")
  private String name;

  @Option(
      names = "--policies",
      paramLabel = "FOLDER",
      description = "the folder of the policies (default: policies, beside ./freezeframe)")
  private Path policies = Path.of(System.getProperty("freezeframe.root", "")).resolve("policies");

  /** Keys of tags that were named. */
  List<String> noTags() {
    return List.copyOf(noTags);
  }

  /** The folder of the policies, if it was named. */
  Optional<Path> policies() {
    return spec.commandLine().getParseResult().hasMatchedOption("--policies")
        ? Optional.of(policies)
        : Optional.empty();
  }

  /**
   * The set, or the instance.
   *
   * @throws BadInputException if it is neither
   */
  SetFinder wanted() {
    if (what == null) {
      throw new ParameterException(
          spec.commandLine(), "expected a set or an instance (i-...), found none");
    }
    return SetFinder.parse(what);
  }

  /**
   * The verdicts that are restored besides {@code APPLICATION}.
   *
   * @throws BadInputException if one is not among them
   */
  List<Consistency> accepted() {
    return accept.stream().map(RequestOptions::verdict).toList();
  }

  /**
   * What is asked for, once the set is found.
   *
   * @throws BadInputException if an option, or the folder of the policies, cannot be used
   */
  Function<SetFinder.Found, RestoreRequest> requests() {
    To where = To.parse(to);
    List<Consistency> accepted = accepted();
    check();
    TreeSet<String> without = new TreeSet<>(noTags);
    if (!targetTags) {
      without.addAll(targetKeys());
    }
    return set ->
        new RestoreRequest(
            set.set().orElseThrow(),
            set.instance().orElseThrow(),
            where.destination(),
            where.target(),
            Optional.ofNullable(zone),
            initialize == null ? OptionalInt.empty() : OptionalInt.of(initialize),
            waitInitialized,
            leave.stream().map(RequestOptions::volume).toList(),
            accepted,
            without,
            targetTags,
            Optional.ofNullable(name));
  }

  private void check() {
    leave.forEach(RequestOptions::volume);
    if (initialize != null && (initialize < 100 || initialize > 300)) {
      throw new BadInputException("--initialize is %d, expected 100 to 300".formatted(initialize));
    }
    if (waitInitialized && initialize == null) {
      throw new BadInputException(
          "--wait-initialized is given without --initialize, expected both: EC2 promises no rate, and the restore could wait for days");
    }
    if (zone != null && !zone.matches("[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}(-[a-z]+-[0-9]+)?[a-z]")) {
      throw new BadInputException(
          "--zone is %s, expected an Availability Zone such as eu-central-1a"
              .formatted(Sentence.of(zone)));
    }
  }

  private static VolumeId volume(String id) {
    try {
      return new VolumeId(id);
    } catch (IllegalArgumentException malformed) {
      throw new BadInputException("--leave: " + malformed.getMessage());
    }
  }

  private static Consistency verdict(String word) {
    if (word.equals("UNKNOWN") || word.equals("CRASH")) {
      return Consistency.valueOf(word);
    }
    throw new BadInputException(
        "--accept is %s, expected UNKNOWN or CRASH".formatted(Sentence.of(word)));
  }

  private List<String> targetKeys() {
    try {
      return PolicyFiles.read(policies, new PolicyReader()::read).stream()
          .flatMap((Policy policy) -> policy.targets().stream())
          .map(target -> target.key())
          .toList();
    } catch (IllegalArgumentException wrong) {
      List<String> sentences = new ArrayList<>(Arrays.asList(wrong.getMessage().split("\n")));
      sentences.add(
          "which tags choose instances is not known without the policies; --target-tags copies all");
      throw new BadInputException(sentences);
    }
  }
}
