namespace Dialogue.FollowUp;

/// <summary>The owner tells how it goes; watching progress is half of the work.</summary>
internal sealed class ReportProgress : StepForm
{
    public override ActionStepKind Kind => ActionStepKind.ReportProgress;

    public override IEnumerable<StepField> Fields(AgreedActionRow row) => [StepField.Text("Remark", required: true)];

    public override Result<ActionStep> Read(StepInput input) => new ActionStep.ReportProgress(input.Text("Remark"));
}
