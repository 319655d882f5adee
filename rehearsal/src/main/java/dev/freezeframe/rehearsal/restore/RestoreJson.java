package dev.freezeframe.rehearsal.restore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freezeframe.restore.RestoreRow.Stage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;

/** What {@code run.json} says of restores. */
public final class RestoreJson {
  private RestoreJson() {}

  /** Adds {@code restores} and {@code ec2Volumes}. */
  public static void write(Restores restores, ObjectNode json) {
    ArrayNode reports = json.putArray("restores");
    restores.reports().forEach(report -> restore(report, reports.addObject()));
    ArrayNode volumes = json.putArray("ec2Volumes");
    restores.volumes().forEach(volume -> volume(volume, volumes.addObject()));
  }

  private static void restore(RestoreReport report, ObjectNode json) {
    json.put("restoreId", report.id().value());
    json.put("setId", report.set().value());
    json.put("instanceId", report.instance().value());
    json.put("to", report.request().to().word());
    json.put("status", report.status().name());
    json.put("reason", report.reason());
    ArrayNode states = json.putArray("states");
    report.states().forEach(states::add);
    json.put("secondsToAvailable", seconds(report.after(Stage.AVAILABLE)));
    json.put("secondsToInitialized", seconds(report.after(Stage.INITIALIZED)));
    ArrayNode volumes = json.putArray("volumes");
    report.volumes().forEach(volume -> created(volume, volumes.addObject()));
  }

  private static BigDecimal seconds(Optional<Duration> length) {
    return length.map(time -> BigDecimal.valueOf(time.toMillis(), 3)).orElse(null);
  }

  private static void created(CreatedVolume created, ObjectNode json) {
    Optional<Volume> volume = created.volume();
    json.put("volumeId", created.volumeId().orElse(null));
    json.put("snapshotId", created.snapshot().value());
    json.put("device", created.attachment().map(VolumeAttachment::device).orElse(null));
    json.put("type", volume.map(Volume::volumeTypeAsString).orElse(null));
    json.put("iops", volume.map(Volume::iops).orElse(null));
    json.put("throughput", volume.map(Volume::throughput).orElse(null));
    json.put("sizeGiB", volume.map(Volume::size).orElse(null));
    json.put("state", created.state());
    json.put("attachedTo", created.attachment().map(VolumeAttachment::instanceId).orElse(null));
    json.put(
        "deleteOnTermination",
        created.attachment().map(VolumeAttachment::deleteOnTermination).orElse(null));
  }

  private static void volume(Volume volume, ObjectNode json) {
    Optional<VolumeAttachment> attachment = volume.attachments().stream().findFirst();
    json.put("volumeId", volume.volumeId());
    json.put("snapshotId", volume.snapshotId());
    json.put("state", volume.stateAsString());
    json.put("attachedTo", attachment.map(VolumeAttachment::instanceId).orElse(null));
    json.put("device", attachment.map(VolumeAttachment::device).orElse(null));
    TreeMap<String, String> tags = new TreeMap<>();
    volume.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
    ObjectNode written = json.putObject("tags");
    tags.forEach(written::put);
  }
}
