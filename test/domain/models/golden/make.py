"""Values from scikit-learn that the model engines are held against.

Made with scikit-learn 1.2.1 of Debian 12 (apt-get install python3-sklearn python3-pandas), from the root of the project:

  /usr/bin/python3 test/domain/models/golden/make.py ../shared

The folder of real data is needed for the folds only: the fold of every row, and nothing else of it, is kept.
"""
import json, sys
from pathlib import Path
import numpy as np, pandas as pd
from sklearn.calibration import _SigmoidCalibration
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import (accuracy_score, average_precision_score, brier_score_loss, f1_score, log_loss, precision_score,
                             recall_score, roc_auc_score)
from sklearn.model_selection import GroupKFold, StratifiedKFold
from sklearn.preprocessing import StandardScaler

here = Path(__file__).parent
random = np.random.default_rng(7)
rows = 240
X = np.round(random.normal(size=(rows, 4)), 2)
score = 1.2 * X[:, 0] - 0.8 * X[:, 1] + np.where(X[:, 2] > 0.3, 1.0, -0.4) + 0.5 * X[:, 0] * X[:, 3]
y = (random.random(rows) < 1 / (1 + np.exp(-score))).astype(int)
missing = X.copy()
missing[random.random(rows) < 0.15, 2] = np.nan

boosting = HistGradientBoostingClassifier(max_iter=20, learning_rate=0.1, max_leaf_nodes=8, min_samples_leaf=5, early_stopping=False)
boosted = boosting.fit(missing, y).predict_proba(missing)[:, 1]
logistic = LogisticRegression(C=0.5, tol=1e-10, max_iter=10000).fit(StandardScaler().fit_transform(X), y)
said = np.round(1 / (1 + np.exp(-(0.6 * score + random.normal(size=rows)))), 3)
isotonic = IsotonicRegression(out_of_bounds="clip").fit(said, y)
grid = np.array([0.01, 0.1, 0.25, 0.4, 0.5, 0.62, 0.75, 0.9, 0.99])
platt = _SigmoidCalibration().fit(np.log(said / (1 - said)), y)
golden = {
    "made": "scikit-learn 1.2.1, test/domain/models/golden/make.py",
    "columns": [[None if np.isnan(value) else value for value in column] for column in missing.T.tolist()],
    "complete": X.T.tolist(),
    "labels": y.tolist(),
    "boosting": boosted.tolist(),
    "logistic": {"coefficients": logistic.coef_[0].tolist(), "intercept": logistic.intercept_[0]},
    "said": said.tolist(),
    "metrics": {
        "rocAuc": roc_auc_score(y, said), "averagePrecision": average_precision_score(y, said), "logLoss": log_loss(y, said),
        "brier": brier_score_loss(y, said), "accuracy": accuracy_score(y, said >= 0.5), "precision": precision_score(y, said >= 0.5),
        "recall": recall_score(y, said >= 0.5), "f1": f1_score(y, said >= 0.5),
    },
    "grid": grid.tolist(),
    "isotonic": isotonic.predict(grid).tolist(),
    "platt": platt.predict(np.log(grid / (1 - grid))).tolist(),
}
(here / "golden.json").write_text(json.dumps(golden) + "\n")

if len(sys.argv) > 1:
    data = Path(sys.argv[1]) / "data"
    leads = pd.read_csv(data / "leads" / "Leads.csv")
    fold = np.zeros(len(leads), int)
    for k, (_, test) in enumerate(StratifiedKFold(5, shuffle=True, random_state=0).split(leads, leads["Converted"])):
        fold[test] = k
    d = data / "outcomes"
    info, registration = pd.read_csv(d / "oulad_2013_studentInfo.csv"), pd.read_csv(d / "oulad_2013_studentRegistration.csv")
    x = info.merge(registration, on=["code_module", "code_presentation", "id_student"])
    x = x[x.date_unregistration.isna() | (x.date_unregistration > 60)]
    outcome = np.zeros(len(x), int)
    for k, (_, test) in enumerate(GroupKFold(5).split(x, groups=x.id_student)):
        outcome[test] = k
    text = lambda folds: "".join(str(value) for value in folds)
    (here / "folds.json").write_text(json.dumps({"made": golden["made"], "leads": text(fold), "outcomes": text(outcome)}) + "\n")
