package dev.freezeframe.rehearsal.ec2.instance;

import dev.freezeframe.rehearsal.ec2.api.Ec2Refusal;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesResponse;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;

/**
 * Answers DescribeInstanceTypes, as far as it tells whether a type has instance store volumes,
 * which DescribeInstances does not show.
 *
 * <p>By the names: EC2 instance types guide, "Amazon EC2 instance type naming conventions" (a
 * {@code d} after the generation: instance store volumes) and the families that its "Instance store
 * volumes" tables list besides.
 */
public final class InstanceTypes {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*\\.[a-z0-9-]+");
  private static final Pattern STORE =
      Pattern.compile(
          "([a-z]+\\d+[a-ce-z]*d[a-z-]*|(?:i|im|is|d|h|f)\\d+[a-z]*|x1e?|c1|m1|m2|m3|c3|r3|g2|g5|g6[a-z]*|gr6"
              + "|p[45][a-z]*|trn1n?|trn2|dl1|dl2q|hpc6id|hs1|cc2|cr1)\\..*");

  private InstanceTypes() {}

  public static DescribeInstanceTypesResponse describe(DescribeInstanceTypesRequest request) {
    List<String> types = request.instanceTypesAsStrings();
    if (types.isEmpty()) {
      throw Ec2Refusal.of(
          "InvalidParameterValue", "InstanceTypes is empty, expected the types to describe");
    }
    return DescribeInstanceTypesResponse.builder()
        .instanceTypes(types.stream().distinct().sorted().map(InstanceTypes::info).toList())
        .build();
  }

  private static InstanceTypeInfo info(String type) {
    if (!NAME.matcher(type).matches()) {
      throw Ec2Refusal.of(
          "InvalidInstanceType",
          "The following supplied instance types do not exist: [" + type + "]");
    }
    return InstanceTypeInfo.builder()
        .instanceType(type)
        .instanceStorageSupported(STORE.matcher(type).matches())
        .build();
  }
}
