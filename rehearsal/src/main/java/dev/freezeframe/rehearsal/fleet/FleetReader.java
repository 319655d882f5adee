package dev.freezeframe.rehearsal.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freezeframe.input.TextFile;
import dev.freezeframe.input.UnreadableFileException;
import dev.freezeframe.rehearsal.cloud.Seed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.Volume;

/** Reads a fleet from what the AWS CLI prints of it. */
public final class FleetReader {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final Pattern INSTANCE_ID = Pattern.compile("i-[0-9a-f]{8,17}");
  private static final Pattern VOLUME_ID = Pattern.compile("vol-[0-9a-f]{8,17}");
  private static final String AN_INSTANCE_ID = "an instance id such as i-0123456789abcdef0";
  private static final String A_VOLUME_ID = "a volume id such as vol-0123456789abcdef0";

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
   */
  public Fleet read(Path instances, Optional<Path> volumes) {
    return read(
        instances.toString(),
        text(instances, "what aws ec2 describe-instances prints"),
        volumes.map(Path::toString).orElse(""),
        volumes.map(file -> text(file, "what aws ec2 describe-volumes prints")).orElse(""));
  }

  /**
   * Reads texts.
   *
   * @param volumesFile empty string: none exists, and all volumes are made up
   */
  Fleet read(String instancesFile, String instancesText, String volumesFile, String volumesText) {
    List<Instance> instances = instances(instancesFile, instancesText);
    List<Volume> volumes = volumesFile.isEmpty() ? List.of() : volumes(volumesFile, volumesText);
    return new VolumeGenerator(seed).complete(new Fleet(instances, volumes));
  }

  private static String text(Path file, String expected) {
    try {
      return TextFile.read(file, MAX_SIZE);
    } catch (UnreadableFileException unreadable) {
      throw new FleetException(file.toString(), "the file", unreadable.getMessage(), expected);
    }
  }

  private static List<Instance> instances(String file, String text) {
    String expected = "the JSON that aws ec2 describe-instances prints";
    Place root = Place.root(file);
    JsonNode reservations = member(root, tree(file, text, expected), "Reservations", expected);
    List<Instance> instances = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (int r = 0; r < reservations.size(); r++) {
      Place reservation = root.member("Reservations").item(r);
      JsonNode listed = reservations.get(r).path("Instances");
      if (!listed.isArray()) {
        throw reservation.member("Instances").wrong(listed, "a list of instances");
      }
      for (int i = 0; i < listed.size(); i++) {
        Place place = reservation.member("Instances").item(i);
        Instance instance = instance(listed.get(i), place);
        if (!ids.add(instance.instanceId())) {
          throw place
              .member("InstanceId")
              .wrong("'" + instance.instanceId() + "' again", "each instance once");
        }
        instances.add(instance);
      }
    }
    if (instances.isEmpty()) {
      throw new FleetException(file, "", "no instance", "at least one");
    }
    return instances;
  }

  private static Instance instance(JsonNode json, Place place) {
    Instance instance = (Instance) SdkJson.read(json, (SdkPojo) Instance.builder(), place);
    checkId(json.path("InstanceId"), place.member("InstanceId"), INSTANCE_ID, AN_INSTANCE_ID);
    List<InstanceBlockDeviceMapping> mappings = instance.blockDeviceMappings();
    for (int m = 0; m < mappings.size(); m++) {
      if (mappings.get(m).ebs() != null) {
        Place volume = place.member("BlockDeviceMappings").item(m).member("Ebs").member("VolumeId");
        JsonNode id = json.path("BlockDeviceMappings").path(m).path("Ebs").path("VolumeId");
        checkId(id, volume, VOLUME_ID, A_VOLUME_ID);
      }
    }
    return instance.state() == null
        ? instance.copy(builder -> builder.state(state -> state.name("running").code(16)))
        : instance;
  }

  private static List<Volume> volumes(String file, String text) {
    String expected = "the JSON that aws ec2 describe-volumes prints";
    Place root = Place.root(file);
    JsonNode listed = member(root, tree(file, text, expected), "Volumes", expected);
    List<Volume> volumes = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (int v = 0; v < listed.size(); v++) {
      Place place = root.member("Volumes").item(v);
      Volume volume = (Volume) SdkJson.read(listed.get(v), (SdkPojo) Volume.builder(), place);
      checkId(listed.get(v).path("VolumeId"), place.member("VolumeId"), VOLUME_ID, A_VOLUME_ID);
      if (!ids.add(volume.volumeId())) {
        throw place
            .member("VolumeId")
            .wrong("'" + volume.volumeId() + "' again", "each volume once");
      }
      volumes.add(volume);
    }
    return volumes;
  }

  private static JsonNode tree(String file, String text, String expected) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException notJson) {
      String where =
          notJson.getLocation() == null
              ? ""
              : " (line %d, column %d)"
                  .formatted(
                      notJson.getLocation().getLineNr(), notJson.getLocation().getColumnNr());
      throw new FleetException(file, "", "text that is not JSON" + where, expected);
    }
  }

  private static JsonNode member(Place root, JsonNode json, String name, String expected) {
    if (!json.isObject()) {
      throw root.wrong(json.isMissingNode() ? "nothing" : "no object", expected);
    }
    if (!json.path(name).isArray()) {
      throw root.member(name).wrong(json.path(name), "a list: " + expected);
    }
    if (json.hasNonNull("NextToken")) {
      throw root.member("NextToken")
          .wrong(
              "there, so this is one page of several",
              "all of them: without --max-items, --starting-token and --no-paginate");
    }
    return json.path(name);
  }

  private static void checkId(JsonNode id, Place place, Pattern form, String expected) {
    if (!id.isTextual() || !form.matcher(id.asText()).matches()) {
      throw place.wrong(id, expected);
    }
  }
}
