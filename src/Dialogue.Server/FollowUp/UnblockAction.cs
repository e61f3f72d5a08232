namespace Dialogue.FollowUp;

/// <summary>What was needed is there.</summary>
internal sealed class UnblockAction : StepForm
{
    public override ActionStepKind Kind => ActionStepKind.Unblock;

    public override IEnumerable<StepField> Fields(AgreedActionRow row) => [StepField.Text("Remark")];

    public override Result<ActionStep> Read(StepInput input) => new ActionStep.Unblock(input.Optional("Remark"));
}
