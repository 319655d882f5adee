package dev.freezeframe.operator.doctor;

import dev.freezeframe.operator.doctor.aws.Clients;
import dev.freezeframe.operator.doctor.aws.SsmParameters;
import dev.freezeframe.operator.doctor.aws.StsIdentity;
import dev.freezeframe.operator.doctor.aws.stack.CloudFormationStacks;
import dev.freezeframe.operator.doctor.aws.stack.LambdaFunctions;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.BootstrapCheck;
import dev.freezeframe.operator.doctor.check.Finding;
import dev.freezeframe.operator.doctor.check.Finding.Status;
import dev.freezeframe.operator.doctor.check.IdentityCheck;
import dev.freezeframe.operator.doctor.check.stack.DeployedStack;
import dev.freezeframe.operator.doctor.check.stack.FunctionsCheck;
import dev.freezeframe.operator.doctor.check.stack.StackCheck;
import dev.freezeframe.policy.Policy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks one thing after another, and gives what each came to. */
public final class Doctor {
  private final Clients clients;
  private final String stackName;
  private final List<Policy> policies;
  private final Clock clock;
  private final Consumer<String> progress;

  /**
   * A doctor.
   *
   * @param policies that are to be deployed, or are
   * @param progress is told what is asked about
   */
  public Doctor(
      Clients clients,
      String stackName,
      List<Policy> policies,
      Clock clock,
      Consumer<String> progress) {
    this.clients = clients;
    this.stackName = stackName;
    this.policies = List.copyOf(policies);
    this.clock = clock;
    this.progress = progress;
  }

  /** Asks; without credentials, or a Region, only for those. */
  public Diagnosis examine() {
    List<Finding> findings = new ArrayList<>();
    findings.add(IdentityCheck.region(clients.region(), clients.regionKnown()));
    if (clients.region().isPresent()) {
      progress.accept("the credentials");
      findings.add(IdentityCheck.credentials(new StsIdentity(clients.sts()).find()));
    }
    if (findings.stream().noneMatch(finding -> finding.status() == Status.FAIL)) {
      findings.addAll(account());
    }
    return new Diagnosis(stackName, clock.instant(), findings);
  }

  private List<Finding> account() {
    List<Finding> findings = new ArrayList<>();
    progress.accept("CDK's bootstrap");
    findings.add(BootstrapCheck.of(new SsmParameters(clients.ssm()).bootstrapVersion()));
    Asked<Optional<DeployedStack>> asked =
        new CloudFormationStacks(clients.cloudFormation(), progress).find(stackName);
    findings.add(StackCheck.of(stackName, asked));
    Optional<DeployedStack> stack =
        asked
            .value()
            .flatMap(found -> found)
            .filter(found -> found.isSettled() && found.parent().isEmpty());
    if (stack.isEmpty()) {
      findings.add(
          FunctionsCheck.runtimeBeforeDeployment(
              new LambdaFunctions(clients.lambda())
                  .refusal(FunctionsCheck.LANGUAGE, FunctionsCheck.ARCHITECTURE)));
    }
    findings.addAll(new FleetExamination(clients, policies, stack, progress).findings());
    stack.ifPresent(
        found ->
            findings.addAll(
                new StackExamination(clients, policies, found, clock.instant(), progress)
                    .findings()));
    return findings;
  }
}
