package dev.freezeframe.rehearsal.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freezeframe.documents.SsmDocument;
import dev.freezeframe.policy.Policy;
import dev.freezeframe.policy.PolicyReader;
import dev.freezeframe.rehearsal.cloud.Latencies;
import dev.freezeframe.rehearsal.events.EventFault;
import dev.freezeframe.rehearsal.fleet.Fleet;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A rehearsal of one firing, as tests set it up. */
final class Scene {
  static final Instant START = Instant.parse("2026-11-22T00:00:00Z");
  static final Instant DUE = Instant.parse("2026-11-22T02:00:00Z");

  /** The events of executions that end never come. */
  static final EventFault NO_END_IS_TOLD =
      new EventFault() {
        @Override
        public List<Duration> deliveries(JsonNode event) {
          return event.path("source").asText().equals("aws.states")
              ? List.of()
              : List.of(Duration.ZERO);
        }
      };

  /** A policy of a given name that takes an application-consistent set at once, or none. */
  static final String ALL_OR_NOTHING =
      """
      name: %s
      schedule: {cron: "0 2 * * ? *"}
      scripts:
        document: freezeframe-filesystem
        timeout: 30s
        retries: 0
        fallBackToCrashConsistent: false
      """;

  private final Fleet fleet;
  private final Map<String, String> documents = new TreeMap<>(SsmDocument.allDeployed());
  private String policy =
      """
      name: daily
      schedule: {cron: "0 2 * * ? *"}
      scripts: {document: freezeframe-filesystem, timeout: 30s, retries: 1}
      retention: {days: 14}
      """;
  private Faults faults = Faults.NONE;
  private Consumer<EmbeddedCloud> script = cloud -> {};
  private List<Instant> firings = List.of(DUE);
  private int pending = 10_000;
  private Latencies latencies = Latencies.USUAL;
  private Mutation mutation = Mutation.NONE;

  private Scene(Fleet fleet) {
    this.fleet = fleet;
  }

  static Scene of(Fleet fleet) {
    return new Scene(fleet);
  }

  Scene policy(String yaml) {
    this.policy = yaml;
    return this;
  }

  Scene document(String name, String content) {
    documents.put(name, content);
    return this;
  }

  Scene faults(Faults given) {
    this.faults = given;
    return this;
  }

  /** Something that happens besides; it is given the cloud before its clock begins to move. */
  Scene besides(Consumer<EmbeddedCloud> given) {
    this.script = given;
    return this;
  }

  /** Something else that happens besides. */
  Scene alsoBesides(Consumer<EmbeddedCloud> given) {
    this.script = script.andThen(given);
    return this;
  }

  Scene firings(List<Instant> given) {
    this.firings = given;
    return this;
  }

  Scene pendingLimit(int limit) {
    this.pending = limit;
    return this;
  }

  /** Tells the deployment of another quota of pending snapshots than the one in force. */
  Scene slotSetting(int setting) {
    this.mutation = new OtherSetting(setting);
    return this;
  }

  Scene mutation(Mutation given) {
    this.mutation = given;
    return this;
  }

  Scene latencies(Latencies given) {
    this.latencies = given;
    return this;
  }

  static Path root() {
    return Path.of(System.getProperty("freezeframe.root"));
  }

  Result play() {
    Policy read = new PolicyReader().read("policy.yaml", policy);
    CloudSettings settings =
        new CloudSettings(1, START, fleet, documents, time -> faults, pending).with(latencies);
    try (EmbeddedCloud cloud =
        new EmbeddedCloud(settings, root().resolve("statemachines"), mutation)) {
      cloud.schedule(read, firings);
      script.accept(cloud);
      cloud.time().run();
      return Rehearsal.result(cloud, settings, read, firings);
    }
  }
}
