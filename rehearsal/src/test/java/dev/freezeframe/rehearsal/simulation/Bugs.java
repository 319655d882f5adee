package dev.freezeframe.rehearsal.simulation;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.freezeframe.common.Sleeper;
import dev.freezeframe.consistency.Consistency;
import dev.freezeframe.consistency.Proof;
import dev.freezeframe.consistency.SetVerdict;
import dev.freezeframe.consistency.Verdict;
import dev.freezeframe.drill.DrillHost;
import dev.freezeframe.ledger.Ledger;
import dev.freezeframe.ledger.run.RunSummary;
import dev.freezeframe.rehearsal.run.Mutation;
import dev.freezeframe.slot.SlotHold;
import dev.freezeframe.snapshot.SnapshotTags;
import dev.freezeframe.task.TaskDependencies;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceStateChange;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.StartInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StopInstancesResponse;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.SendCommandRequest;

/** Deliberate bugs, each of which breaks an invariant. */
final class Bugs {
  private Bugs() {}

  /** What a wrapper does instead of a call; {@code real} makes it. */
  interface Instead {
    Object call(String method, Object[] arguments, Real real) throws Throwable;
  }

  interface Real {
    Object call(Object... arguments) throws Throwable;
  }

  static <T> T wrapped(Class<T> type, T target, Instead instead) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                instead.call(
                    method.getName(),
                    arguments,
                    given -> {
                      try {
                        return method.invoke(target, given);
                      } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                      }
                    })));
  }

  static Mutation ledger(Instead instead) {
    return changed(real -> wrapped(Ledger.class, real, instead), ec2 -> ec2, ssm -> ssm);
  }

  /** Believes that a start was ordered, and orders none. */
  static Mutation startsNothing() {
    return ec2(
        (method, arguments, real) ->
            method.equals("startInstances")
                ? StartInstancesResponse.builder().build()
                : real.call(arguments));
  }

  /** Takes an instance that is stopped for one that it has stopped itself. */
  static Mutation startsWhatIsStopped() {
    return changed(
        ledger -> ledger,
        client ->
            wrapped(
                Ec2Client.class,
                client,
                (method, arguments, real) -> {
                  Object answer = real.call(arguments);
                  if (answer instanceof DescribeInstancesResponse described) {
                    described.reservations().stream()
                        .flatMap(reservation -> reservation.instances().stream())
                        .filter(instance -> instance.state().name() == InstanceStateName.STOPPED)
                        .forEach(
                            instance ->
                                client.startInstances(
                                    request -> request.instanceIds(instance.instanceId())));
                  }
                  return answer;
                }),
        ssm -> ssm);
  }

  /** Does not see whose member an instance is. */
  static Mutation overlooksScalingGroups() {
    return ec2(
        (method, arguments, real) -> {
          Object answer = real.call(arguments);
          return answer instanceof DescribeInstancesResponse described
              ? described.copy(
                  builder ->
                      builder.reservations(
                          described.reservations().stream().map(Bugs::outOfGroups).toList()))
              : answer;
        });
  }

  private static Reservation outOfGroups(Reservation reservation) {
    return reservation.copy(
        builder ->
            builder.instances(
                reservation.instances().stream()
                    .map(
                        instance ->
                            instance.copy(
                                changed ->
                                    changed.tags(
                                        instance.tags().stream()
                                            .filter(tag -> !tag.key().startsWith("aws:"))
                                            .toList())))
                    .toList()));
  }

  private static Mutation ssm(Instead instead) {
    return changed(ledger -> ledger, ec2 -> ec2, real -> wrapped(SsmClient.class, real, instead));
  }

  static Mutation changed(
      UnaryOperator<Ledger> ledger, UnaryOperator<Ec2Client> ec2, UnaryOperator<SsmClient> ssm) {
    return changed(ledger, ec2, ssm, quota -> quota);
  }

  private static Mutation changed(
      UnaryOperator<Ledger> ledger,
      UnaryOperator<Ec2Client> ec2,
      UnaryOperator<SsmClient> ssm,
      IntUnaryOperator quota) {
    return new Mutation() {
      @Override
      public TaskDependencies dependencies(TaskDependencies real) {
        return new TaskDependencies() {
          @Override
          public Ec2Client ec2() {
            return ec2.apply(real.ec2());
          }

          @Override
          public Ec2Client ec2WithoutRetries() {
            return ec2.apply(real.ec2WithoutRetries());
          }

          @Override
          public SsmClient ssm() {
            return ssm.apply(real.ssm());
          }

          @Override
          public SsmClient ssmWithoutRetries() {
            return ssm.apply(real.ssmWithoutRetries());
          }

          @Override
          public Ledger ledger() {
            return ledger.apply(real.ledger());
          }

          @Override
          public int pendingSnapshots() {
            return quota.applyAsInt(real.pendingSnapshots());
          }

          @Override
          public Optional<DrillHost> drillHost() {
            return real.drillHost();
          }

          @Override
          public Clock clock() {
            return real.clock();
          }

          @Override
          public Sleeper pause() {
            return real.pause();
          }
        };
      }
    };
  }

  private static Mutation ec2(Instead instead) {
    return changed(ledger -> ledger, real -> wrapped(Ec2Client.class, real, instead), ssm -> ssm);
  }

  /** A post-script is sent as a dry run; the pre-script gets a longer timer if one is named. */
  static Mutation forgetsTheThaw(Optional<String> timer) {
    return ssm(
        (method, arguments, real) -> {
          if (!method.equals("sendCommand") || !(arguments[0] instanceof SendCommandRequest sent)) {
            return real.call(arguments);
          }
          Map<String, List<String>> parameters = new TreeMap<>(sent.parameters());
          if (List.of("post-script").equals(parameters.get("command"))) {
            parameters.put("command", List.of("dry-run"));
          }
          if (List.of("pre-script").equals(parameters.get("command"))) {
            timer.ifPresent(seconds -> parameters.put("autoThawSeconds", List.of(seconds)));
          }
          return real.call(sent.copy(builder -> builder.parameters(parameters)));
        });
  }

  static Mutation ignores(String... methods) {
    List<String> ignored = List.of(methods);
    return ledger(
        (method, arguments, real) -> {
          if (!ignored.contains(method)) {
            return real.call(arguments);
          }
          boolean answersNothing =
              method.equals("recordSnapshots") || method.equals("recordAdoption");
          return answersNothing ? null : true;
        });
  }

  /** The deployment was told of a quota that is not the one in force. */
  static Mutation believesInALargerQuota() {
    return changed(ledger -> ledger, ec2 -> ec2, ssm -> ssm, any -> 10_000);
  }

  /** Slots never lapse, and are given back by nobody. */
  static Mutation holdsSlotsForEver() {
    return ledger(
        (method, arguments, real) -> {
          if (method.equals("giveSlotsBack") || method.equals("lapseSlots")) {
            return null;
          }
          if (method.equals("recordSlotHold") && arguments[0] instanceof SlotHold hold) {
            return real.call(hold.until(hold.until().plus(Duration.ofDays(300))));
          }
          return real.call(arguments);
        });
  }

  static Mutation callsEverySetConsistent() {
    return ledger(
        (method, arguments, real) -> {
          Object[] given = arguments == null ? null : arguments.clone();
          if (method.equals("recordVerdict")) {
            given[1] =
                SetVerdict.on(
                    new Verdict(Consistency.APPLICATION, Optional.of(Proof.PROVED), "of course"));
          }
          return real.call(given);
        });
  }

  /** What the best volume of a set is worth, all are. */
  static Mutation callsASetWhatItsBestVolumeIs() {
    return ledger(
        (method, arguments, real) -> {
          Object[] given = arguments == null ? null : arguments.clone();
          if (method.equals("recordVerdict") && given[1] instanceof SetVerdict verdict) {
            given[1] =
                verdict.apart().values().stream().findFirst().map(SetVerdict::on).orElse(verdict);
          }
          return real.call(given);
        });
  }

  static Mutation countsOneTooMany() {
    return ledger(
        (method, arguments, real) -> {
          Object[] given = arguments == null ? null : arguments.clone();
          if (method.equals("recordSummary") && given[1] instanceof RunSummary summary) {
            given[1] =
                new RunSummary(
                    summary.succeeded() + 1,
                    summary.failed(),
                    summary.skipped(),
                    summary.application(),
                    summary.crash(),
                    summary.unknown(),
                    summary.sentence(),
                    summary.at());
          }
          return real.call(given);
        });
  }

  /** The second call is far enough from the first for EC2 to take it. */
  static Mutation takesTwoSets() {
    return new Mutation() {
      @Override
      public TaskDependencies dependencies(TaskDependencies real) {
        return ec2((method, arguments, call) -> {
              Object first = call.call(arguments);
              if (method.equals("createSnapshots")) {
                real.pause().pause(Duration.ofSeconds(20));
                call.call(arguments);
              }
              return first;
            })
            .dependencies(real);
      }
    };
  }

  /** With each snapshot goes the newest of all. */
  static Mutation deletesOneTooMany() {
    return new Mutation() {
      @Override
      public TaskDependencies dependencies(TaskDependencies real) {
        return ec2((method, arguments, call) -> {
              Object answer = call.call(arguments);
              if (method.equals("deleteSnapshot")) {
                newest(real.ec2())
                    .ifPresent(id -> real.ec2().deleteSnapshot(request -> request.snapshotId(id)));
              }
              return answer;
            })
            .dependencies(real);
      }
    };
  }

  private static Optional<String> newest(Ec2Client ec2) {
    Filter ours = Filter.builder().name("tag-key").values(SnapshotTags.SET).build();
    return ec2
        .describeSnapshots(DescribeSnapshotsRequest.builder().filters(ours).build())
        .snapshots()
        .stream()
        .max(Comparator.comparing(Snapshot::startTime))
        .map(Snapshot::snapshotId);
  }

  static Mutation findsNoInstances() {
    return ec2(
        (method, arguments, real) ->
            method.equals("describeInstances")
                ? DescribeInstancesResponse.builder().build()
                : real.call(arguments));
  }

  static Mutation asksForEverythingOverAndOver() {
    return new Mutation() {
      @Override
      public TaskDependencies dependencies(TaskDependencies real) {
        return ec2((method, arguments, call) -> {
              if (method.equals("describeInstances")) {
                for (int time = 0; time < 300; time++) {
                  real.ec2WithoutRetries()
                      .describeVolumes(DescribeVolumesRequest.builder().build());
                }
              }
              return call.call(arguments);
            })
            .dependencies(real);
      }
    };
  }

  /** The answer of a function, as text, is changed. */
  static Mutation answers(String function, UnaryOperator<String> change) {
    return new Mutation() {
      @Override
      public RequestStreamHandler function(String name, RequestStreamHandler real) {
        return !name.equals(function)
            ? real
            : (input, output, context) -> {
              ByteArrayOutputStream answer = new ByteArrayOutputStream();
              real.handleRequest(input, answer, context);
              output.write(
                  change
                      .apply(answer.toString(StandardCharsets.UTF_8))
                      .getBytes(StandardCharsets.UTF_8));
            };
      }
    };
  }

  /** Believes that whatever it stops ran before. */
  static Mutation believesThatItStoppedEverything() {
    return ec2(
        (method, arguments, real) -> {
          Object answer = real.call(arguments);
          return answer instanceof StopInstancesResponse stopped
              ? stopped.copy(
                  builder ->
                      builder.stoppingInstances(
                          stopped.stoppingInstances().stream().map(Bugs::ran).toList()))
              : answer;
        });
  }

  private static InstanceStateChange ran(InstanceStateChange change) {
    return change.copy(
        builder -> builder.previousState(state -> state.name(InstanceStateName.RUNNING)));
  }

  /** Asks for each start as often as EC2 takes in five seconds. */
  static Mutation startsOverAndOver() {
    return ec2(
        (method, arguments, real) -> {
          if (method.equals("startInstances")) {
            for (int time = 0; time < 15; time++) {
              real.call(arguments);
            }
          }
          return real.call(arguments);
        });
  }

  /** Takes every alarm for silent. */
  static Mutation hearsNoAlarm() {
    return new Mutation() {
      @Override
      public String stateMachine(String name, String real) {
        return real.replaceFirst(
            "\"answer.\\$\": \"\\$\",(\\s*\"at)",
            Matcher.quoteReplacement(
                    "\"answer\": {\"MetricAlarms\": [{\"AlarmName\": \"restoring\", \"StateValue\": \"OK\"},"
                        + " {\"AlarmName\": \"silent\", \"StateValue\": \"OK\"}]},")
                + "$1");
      }
    };
  }

  /** Nobody waits for an instance that another policy stops, nor for its agent. */
  static Mutation waitsForNoStop() {
    return new Mutation() {
      @Override
      public String stateMachine(String name, String real) {
        return real.replaceFirst(",\\s*\"enteredAt.\\$\": \"\\$\\$.State.EnteredTime\"", "");
      }
    };
  }

  /** The machine of an instance begins with other states; no machine has a time-out. */
  static Mutation beginsWith(String first, String states) {
    return new Mutation() {
      @Override
      public String stateMachine(String name, String real) {
        return !name.equals("snapshot-instance")
            ? real.replaceFirst("\"TimeoutSeconds\": \\d+,", "")
            : real.replace("\"StartAt\": \"First attempt\"", "\"StartAt\": \"" + first + "\"")
                .replace("\"TimeoutSeconds\": 345600,", "")
                .replaceFirst(
                    "\"States\": \\{", Matcher.quoteReplacement("\"States\": {" + states));
      }
    };
  }
}
