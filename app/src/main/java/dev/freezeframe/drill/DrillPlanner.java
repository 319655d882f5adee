package dev.freezeframe.drill;

import dev.freezeframe.consistency.script.DocumentVersion;
import dev.freezeframe.policy.Drill;
import dev.freezeframe.restore.InstanceSettings;
import dev.freezeframe.restore.RestoreFacts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decides what a drill launches: a pure function of the policy, the facts and the deployment. */
public final class DrillPlanner {
  /** Before the name of a parameter of Systems Manager that holds the id of an image. */
  public static final String BY_PARAMETER = "resolve:ssm:";

  private static final String ARM = "arm64";
  private static final String OTHER = "x86_64";
  private static final String NEWEST_AMAZON_LINUX =
      BY_PARAMETER + "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-%s";

  /**
   * A family with Graviton: {@code g} after the generation (EC2, "Amazon EC2 instance type naming
   * conventions"), or the first of them.
   */
  private static final Pattern GRAVITON = Pattern.compile("(a1|[a-z]+\\d+[a-z]*g[a-z]*)[.-].*");

  private DrillPlanner() {}

  /** A plan, or why the set is skipped. */
  public sealed interface Planned {
    /** What is done. */
    record Plan(DrillPlan plan) implements Planned {}

    /** Nothing can be tried. */
    record Skipped(String reason) implements Planned {}
  }

  /**
   * Plans a drill.
   *
   * @param facts of the set; empty: none are on record
   * @param document pinned; empty: none can be run
   * @param deployed where the deployment launches drill instances; empty: nowhere
   */
  public static Planned plan(
      Drill drill,
      Instant pointInTime,
      Optional<RestoreFacts> facts,
      Optional<DocumentVersion> document,
      Optional<DrillHost> deployed) {
    if (drill.level() == Drill.Level.L0) {
      return new Planned.Plan(
          new DrillPlan(
              pointInTime,
              List.of(),
              List.of(),
              Optional.empty(),
              Optional.empty(),
              DrillCost.NONE));
    }
    if (facts.isEmpty()) {
      return new Planned.Skipped(
          "it is not on record how its instance was set, so nobody knows which volume boots");
    }
    DrillMembers members = DrillMembers.of(facts.get());
    if (members.mapped().isEmpty()) {
      return new Planned.Skipped(
          "none of its volumes can be drilled: %s"
              .formatted(String.join("; ", members.excluded())));
    }
    Optional<String> large = DrillBudget.tooLarge(members.gib(), drill.limits());
    if (large.isPresent()) {
      return new Planned.Skipped(large.get());
    }
    if (deployed.isEmpty()) {
      return new Planned.Skipped("this deployment has no instance profile for drills");
    }
    boolean own = !drill.host().subnets().isEmpty();
    if (!own && deployed.get().subnets().isEmpty()) {
      return new Planned.Skipped(
          "there is no subnet to drill in; name drill.subnets and drill.securityGroups");
    }
    String type = type(drill, facts.get());
    return new Planned.Plan(
        new DrillPlan(
            pointInTime,
            members.mapped(),
            members.excluded(),
            document,
            Optional.of(
                new DrillPlan.Host(
                    type,
                    drill
                        .host()
                        .image()
                        .orElseGet(() -> NEWEST_AMAZON_LINUX.formatted(architecture(type))),
                    own ? drill.host().subnets() : deployed.get().subnets(),
                    own ? drill.host().securityGroups() : deployed.get().securityGroups(),
                    deployed.get().profile(),
                    DrillBounds.lifetime(drill.timeout()))),
            DrillCost.of(type, members.gib(), DrillBounds.deadline(drill.timeout()))));
  }

  /** Of the architecture of the set's instance: the files of a database may depend on it. */
  private static String type(Drill drill, RestoreFacts facts) {
    return drill
        .host()
        .instanceType()
        .orElseGet(
            () ->
                facts
                        .settings()
                        .flatMap(InstanceSettings::architecture)
                        .filter(ARM::equals)
                        .isPresent()
                    ? "t4g.small"
                    : "t3.small");
  }

  static String architecture(String type) {
    return GRAVITON.matcher(type).matches() ? ARM : OTHER;
  }
}
