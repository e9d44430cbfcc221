/** What the engines were measured at. */
export interface EngineFigures {
  readonly speed: {
    readonly threads: number;
    readonly boostingFit: number;
    readonly boostingPredict: number;
    readonly boostingAuc: number;
    readonly forestFit: number;
    readonly forestPredict: number;
  };
  /** Array memory above the frame, by the size of the binned data. */
  readonly memory: number;
  readonly quality: readonly { readonly data: string; readonly model: string; readonly auc: number; readonly brier: number; readonly seconds: number }[];
  readonly coverage: readonly { readonly data: string; readonly share: number; readonly groups: number; readonly repeats: number }[];
}
