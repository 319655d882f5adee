package dev.freezeframe.task.stop;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceAttributeName;
import software.amazon.awssdk.services.ec2.model.InstanceStateChange;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StartInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Tag;

/** An EC2 with one instance, whose states follow each other when the test says so. */
final class PoweredEc2 implements Ec2Client {
  static final Instant LAUNCHED = Instant.parse("2026-11-01T00:00:00Z");

  String state = "running";
  Instant launchedAt = LAUNCHED;
  String transition = "";
  List<Tag> tags = List.of();
  Optional<String> refusesStop = Optional.empty();
  Optional<String> refusesStart = Optional.empty();

  /** Whether somebody stops it between a look and a call. */
  boolean stoppedByOthers;

  final List<String> calls = new ArrayList<>();

  /** How often the instance was asked for. */
  int looks;

  @Override
  public DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
    looks++;
    return DescribeInstancesResponse.builder()
        .reservations(
            Reservation.builder()
                .instances(
                    Instance.builder()
                        .instanceId("i-0123456789abcdef0")
                        .instanceType("m5.large")
                        .rootDeviceType("ebs")
                        .launchTime(launchedAt)
                        .state(known -> known.name(state))
                        .stateTransitionReason(transition)
                        .tags(tags)
                        .build())
                .build())
        .build();
  }

  @Override
  public DescribeInstanceAttributeResponse describeInstanceAttribute(
      DescribeInstanceAttributeRequest request) {
    return request.attribute() == InstanceAttributeName.DISABLE_API_STOP
        ? DescribeInstanceAttributeResponse.builder()
            .disableApiStop(value -> value.value(false))
            .build()
        : DescribeInstanceAttributeResponse.builder()
            .instanceInitiatedShutdownBehavior(value -> value.value("stop"))
            .build();
  }

  @Override
  public DescribeInstanceTypesResponse describeInstanceTypes(DescribeInstanceTypesRequest request) {
    return DescribeInstanceTypesResponse.builder()
        .instanceTypes(InstanceTypeInfo.builder().instanceStorageSupported(false).build())
        .build();
  }

  @Override
  public DescribeVolumesResponse describeVolumes(DescribeVolumesRequest request) {
    return DescribeVolumesResponse.builder().build();
  }

  @Override
  public StopInstancesResponse stopInstances(StopInstancesRequest request) {
    calls.add(Boolean.TRUE.equals(request.force()) ? "stop by force" : "stop");
    refusesStop.ifPresent(code -> refuse(code, 400));
    String before = stoppedByOthers ? "stopping" : state;
    if (state.equals("running")) {
      state = "stopping";
    }
    return StopInstancesResponse.builder()
        .stoppingInstances(
            InstanceStateChange.builder()
                .instanceId("i-0123456789abcdef0")
                .previousState(known -> known.name(before))
                .build())
        .build();
  }

  @Override
  public StartInstancesResponse startInstances(StartInstancesRequest request) {
    calls.add("start");
    refusesStart.ifPresent(code -> refuse(code, 500));
    if (state.equals("stopped")) {
      state = "pending";
    }
    return StartInstancesResponse.builder().build();
  }

  private static void refuse(String code, int status) {
    throw Ec2Exception.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage("not now").build())
        .build();
  }

  @Override
  public String serviceName() {
    return "ec2";
  }

  @Override
  public void close() {}
}
