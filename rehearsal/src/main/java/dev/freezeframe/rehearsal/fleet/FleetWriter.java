package dev.freezeframe.rehearsal.fleet;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Instance;

/** Writes a fleet as the AWS CLI prints it, so that {@link FleetReader} reads the same fleet. */
public final class FleetWriter {
  private FleetWriter() {}

  /** What {@code aws ec2 describe-instances} prints of it; each instance in its reservation. */
  public static String instances(Fleet fleet) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode reservations = root.putArray("Reservations");
    for (Instance instance : fleet.instances()) {
      ObjectNode reservation = reservations.addObject();
      reservation.put("ReservationId", fleet.reservation(instance.instanceId()));
      ObjectNode written = SdkJson.write(instance);
      Optional.ofNullable(fleet.attributes().get(instance.instanceId()))
          .ifPresent(known -> InstanceAttributeEntries.write(known, written));
      reservation.putArray("Instances").add(written);
    }
    return text(root);
  }

  /** What {@code aws ec2 describe-volumes} prints of it. */
  public static String volumes(Fleet fleet) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode volumes = root.putArray("Volumes");
    fleet.volumes().forEach(volume -> volumes.add(SdkJson.write(volume)));
    return text(root);
  }

  private static String text(ObjectNode root) {
    return root.toPrettyString() + "\n";
  }
}
