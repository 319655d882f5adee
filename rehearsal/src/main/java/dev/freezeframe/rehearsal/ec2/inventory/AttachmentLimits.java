package dev.freezeframe.rehearsal.ec2.inventory;

import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ec2.model.AttachmentLimitType;
import software.amazon.awssdk.services.ec2.model.Instance;

/**
 * How many volumes an instance can have: EC2 user guide, "Amazon EBS volume limits for Amazon EC2
 * instances". The types of the first kind have a limit of their own for volumes, which grows with
 * the size; its figures are from memory. All others share 28 with network interfaces and instance
 * store volumes.
 */
public final class AttachmentLimits {
  private static final Pattern DEDICATED =
      Pattern.compile(
          "([mcr]7(a|i|i-flex|iz)|[mcr]8(a|azn|g|gb|gd|gn|i|id|i-flex)|u7i.*|x8(g|aedz|i)|i7ie?|i8ge?"
              + "|f2|g6[ef]?|gr6f?|g7e|p4de?|p5(en?)?|p6-.*|p6e-.*|trn2u?|hpc[78]a)\\..*");
  private static final Pattern XEN =
      Pattern.compile("(t[12]|m[1-4]|c[134]|r[34]|x1e?|i[23]|d2|[gp][23]|f1|h1|hs1|cr1|cc2)\\..*");
  private static final int SHARED = 28;

  /** "Attaching more than 40 volumes can cause boot failures", the root volume among them. */
  private static final int XEN_MAX = 39;

  private AttachmentLimits() {}

  /** Whether the limit is of volumes alone. */
  public static AttachmentLimitType kind(String instanceType) {
    return DEDICATED.matcher(instanceType).matches()
        ? AttachmentLimitType.DEDICATED
        : AttachmentLimitType.SHARED;
  }

  public static boolean isXen(String instanceType) {
    return XEN.matcher(instanceType).matches() && !instanceType.endsWith("metal");
  }

  /** The most attachments that a type can have. */
  public static int most(String instanceType) {
    if (isXen(instanceType)) {
      return XEN_MAX;
    }
    if (kind(instanceType) == AttachmentLimitType.SHARED) {
      return SHARED;
    }
    String size = instanceType.replaceFirst(".*\\.", "");
    return switch (size) {
      case "48xlarge", "96xlarge" -> 128;
      case "24xlarge", "32xlarge" -> 64;
      case "16xlarge" -> 48;
      default -> 32;
    };
  }

  /** Refuses so many volumes more than an instance has. */
  public static void check(Instance instance, int more) {
    String type = String.valueOf(instance.instanceTypeAsString());
    long volumes =
        instance.blockDeviceMappings().stream().filter(mapping -> mapping.ebs() != null).count();
    int others =
        kind(type) == AttachmentLimitType.SHARED && !isXen(type)
            ? Math.max(1, instance.networkInterfaces().size()) + (InstanceStores.has(type) ? 1 : 0)
            : 0;
    if (volumes + more > most(type) - others) {
      throw Ec2Refusal.of(
          "AttachmentLimitExceeded",
          "The instance %s has %d volumes, and its type %s can have %d"
              .formatted(instance.instanceId(), volumes, type, most(type) - others));
    }
  }
}
