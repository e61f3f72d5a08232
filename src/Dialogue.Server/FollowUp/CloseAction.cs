namespace Dialogue.FollowUp;

/// <summary>Nothing is left to do.</summary>
internal sealed class CloseAction : StepForm
{
    public override ActionStepKind Kind => ActionStepKind.Close;

    public override IEnumerable<StepField> Fields(AgreedActionRow row) => [StepField.Text("Remark")];

    public override Result<ActionStep> Read(StepInput input) => new ActionStep.Close(input.Optional("Remark"));
}
