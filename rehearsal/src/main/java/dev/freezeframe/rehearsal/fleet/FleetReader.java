package dev.freezeframe.rehearsal.fleet;

import dev.freezeframe.input.Content.Kind;
import dev.freezeframe.input.Entry;
import dev.freezeframe.input.InvalidInputException;
import dev.freezeframe.input.JsonTree;
import dev.freezeframe.rehearsal.cloud.Seed;
import dev.freezeframe.rehearsal.instance.InstanceAttributes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Volume;

/** Reads a fleet from what the AWS CLI prints of it. */
public final class FleetReader {
  private static final Pattern INSTANCE_ID = Pattern.compile("i-[0-9a-f]{8,17}");
  private static final Pattern VOLUME_ID = Pattern.compile("vol-[0-9a-f]{8,17}");
  private static final String AN_INSTANCE_ID = "an instance id such as i-0123456789abcdef0";
  private static final String A_VOLUME_ID = "a volume id such as vol-0123456789abcdef0";
  private static final String THE_INSTANCES = "the JSON that aws ec2 describe-instances prints";
  private static final String THE_VOLUMES = "the JSON that aws ec2 describe-volumes prints";

  /** In bytes: some hundred thousand instances. */
  private static final int MAX_SIZE = 512 << 20;

  private final Seed seed;

  /**
   * A reader.
   *
   * @param seed of the sizes of volumes that no file describes
   */
  public FleetReader(Seed seed) {
    this.seed = seed;
  }

  /**
   * Reads files.
   *
   * @param instances what {@code aws ec2 describe-instances} printed
   * @param volumes what {@code aws ec2 describe-volumes} printed; those that it lacks are made up
   * @throws InvalidInputException with the first fault
   */
  public Fleet read(Path instances, Optional<Path> volumes) {
    return read(
        JsonTree.read(instances, MAX_SIZE, THE_INSTANCES),
        volumes.map(file -> JsonTree.read(file, MAX_SIZE, THE_VOLUMES)));
  }

  /** Reads texts; the names of their files stand in front of a fault. */
  Fleet read(String instancesFile, String instancesText, String volumesFile, String volumesText) {
    return read(
        JsonTree.parse(instancesFile, instancesText, THE_INSTANCES),
        Optional.of(JsonTree.parse(volumesFile, volumesText, THE_VOLUMES)));
  }

  /** Reads a text that describes no volumes: all of them are made up. */
  Fleet read(String instancesFile, String instancesText) {
    return read(JsonTree.parse(instancesFile, instancesText, THE_INSTANCES), Optional.empty());
  }

  private Fleet read(Entry instances, Optional<Entry> volumes) {
    Map<String, InstanceAttributes> attributes = new TreeMap<>();
    return new VolumeGenerator(seed)
        .complete(
            new Fleet(
                instances(instances, attributes),
                volumes.map(FleetReader::volumes).orElse(List.of()),
                Map.of(),
                attributes));
  }

  private static List<Instance> instances(Entry root, Map<String, InstanceAttributes> attributes) {
    Entry reservations = list(root, "Reservations", THE_INSTANCES);
    List<Instance> instances = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Entry reservation : reservations.items()) {
      Entry listed = reservation.member("Instances");
      if (!listed.is(Kind.LIST)) {
        throw listed.refusal("a list of instances");
      }
      for (Entry entry : listed.items()) {
        Instance instance = instance(entry);
        instances.add(instance);
        InstanceAttributeEntries.read(entry)
            .ifPresent(known -> attributes.put(instance.instanceId(), known));
        checkOnce(entry.member("InstanceId"), ids, "each instance once");
      }
    }
    if (instances.isEmpty()) {
      throw reservations.refusal("without an instance", "at least one");
    }
    return instances;
  }

  private static Instance instance(Entry entry) {
    Instance instance = (Instance) SdkJson.read(entry, (SdkPojo) Instance.builder());
    checkId(entry.member("InstanceId"), INSTANCE_ID, AN_INSTANCE_ID);
    for (Entry mapping : entry.member("BlockDeviceMappings").items()) {
      Entry ebs = mapping.member("Ebs");
      if (!ebs.is(Kind.UNSET)) {
        checkId(ebs.member("VolumeId"), VOLUME_ID, A_VOLUME_ID);
      }
    }
    return instance.state() == null
        ? instance.copy(builder -> builder.state(state -> state.name("running").code(16)))
        : instance;
  }

  private static List<Volume> volumes(Entry root) {
    List<Volume> volumes = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Entry entry : list(root, "Volumes", THE_VOLUMES).items()) {
      volumes.add((Volume) SdkJson.read(entry, (SdkPojo) Volume.builder()));
      checkId(entry.member("VolumeId"), VOLUME_ID, A_VOLUME_ID);
      checkOnce(entry.member("VolumeId"), ids, "each volume once");
    }
    return volumes;
  }

  private static Entry list(Entry root, String name, String expected) {
    if (!root.is(Kind.GROUP)) {
      throw root.refusal(expected);
    }
    Entry list = root.member(name);
    if (!list.is(Kind.LIST)) {
      throw list.refusal("a list: " + expected);
    }
    Entry next = root.member("NextToken");
    if (!next.is(Kind.UNSET)) {
      throw next.refusal(
          "there, so this is one page of several",
          "all of them: without --max-items, --starting-token and --no-paginate");
    }
    return list;
  }

  private static void checkId(Entry id, Pattern form, String expected) {
    if (!id.is(Kind.TEXT) || !form.matcher(id.content().text()).matches()) {
      throw id.refusal(expected);
    }
  }

  private static void checkOnce(Entry id, Set<String> seen, String expected) {
    if (!seen.add(id.content().text())) {
      throw id.refusal(id.content().describe() + " again", expected);
    }
  }
}
